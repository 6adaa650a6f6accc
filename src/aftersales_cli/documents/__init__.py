"""Template + plain values → bytes: texts, letters and workbooks. Knows no domain: jobs hand it views.

Importing this room costs nothing; Jinja and lxml are imported by the children that render (`rendering`).
"""
