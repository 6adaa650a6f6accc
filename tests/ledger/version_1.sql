BEGIN TRANSACTION;
CREATE TABLE events (
          event_no INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES runs (run_id),
          state TEXT NOT NULL CHECK (state IN ('prepared', 'completed', 'abandoned')), final_name TEXT
        ) STRICT;
INSERT INTO "events" VALUES(1,1,'prepared',NULL);
INSERT INTO "events" VALUES(2,1,'completed','2026-06-01T0900-notify');
CREATE TABLE notices (
          notice_no INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES runs (run_id), notice_id TEXT NOT NULL,
          task_no TEXT NOT NULL, customer_code TEXT, customer_name TEXT NOT NULL, sequence INTEGER NOT NULL,
          change TEXT NOT NULL, issued_at TEXT NOT NULL, published_at TEXT NOT NULL, published_said INTEGER NOT NULL,
          window_start TEXT NOT NULL, window_end TEXT NOT NULL, interruption TEXT NOT NULL, province TEXT NOT NULL,
          reason TEXT NOT NULL, circuit_codes TEXT NOT NULL, recipients TEXT NOT NULL, inputs TEXT NOT NULL,
          files TEXT NOT NULL, despite TEXT NOT NULL
        ) STRICT;
INSERT INTO "notices" VALUES(1,1,'JT2026SHJH000001.C001','JT2026SHJH000001','C001','海港造船有限公司',0,'new','2026-06-01T01:00:00.000000+00:00','2026-05-30T01:00:00.000000+00:00',1,'2026-06-10T01:00:00.000000+00:00','2026-06-10T07:00:00.000000+00:00','中断: 30分钟','上海','外力施工','["\u5317\u4eac\u4e0a\u6d7730N0001NP"]','["desk@example.cn"]','{"cutovers": ["cutovers.xlsx"], "circuits": ["a.csv", "b.csv"]}','["C001/notice.txt"]','{}');
INSERT INTO "notices" VALUES(2,1,'JT2026SHJH000001','JT2026SHJH000001',NULL,'政企客户部',0,'new','2026-06-01T01:00:00.000000+00:00','2026-05-30T01:00:00.000000+00:00',1,'2026-06-10T01:00:00.000000+00:00','2026-06-10T07:00:00.000000+00:00','中断: 30分钟','上海','外力施工','["\u5317\u4eac\u6842\u679730N0002NP"]','["desk@example.cn"]','{"cutovers": ["cutovers.xlsx"], "circuits": ["a.csv", "b.csv"]}','["department/notice.txt"]','{"ASR-1": "the customer agreed"}');
CREATE TABLE runs (
          run_id INTEGER PRIMARY KEY, command TEXT NOT NULL, as_of TEXT NOT NULL, run_at TEXT NOT NULL, output TEXT NOT NULL,
          temporary TEXT NOT NULL, name TEXT NOT NULL, manifest_sha256 TEXT NOT NULL, rulebook TEXT NOT NULL,
          province TEXT, version TEXT NOT NULL, inputs TEXT NOT NULL
        ) STRICT;
INSERT INTO "runs" VALUES(1,'cutover notify','2026-06-01T01:00:00.000000+00:00','2026-06-01T01:00:00.000000+00:00','/desk/out','.2026-06-01T0900-notify.partial','2026-06-01T0900-notify','0000000000000000000000000000000000000000000000000000000000000000','f00d','上海','0.1.0','{"cutovers.xlsx": "ab12"}');
CREATE TABLE versions (version INTEGER PRIMARY KEY, made_by TEXT NOT NULL) STRICT;
INSERT INTO "versions" VALUES(1,'0.1.0');
CREATE INDEX notices_by_task ON notices (task_no);
CREATE INDEX notices_by_id ON notices (notice_id, sequence);
CREATE INDEX notices_by_run ON notices (run_id);
CREATE INDEX events_by_run ON events (run_id);
CREATE UNIQUE INDEX settled_once ON events (run_id) WHERE state <> 'prepared';
CREATE TRIGGER versions_update BEFORE UPDATE ON versions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER versions_delete BEFORE DELETE ON versions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER runs_update BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER runs_delete BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER notices_update BEFORE UPDATE ON notices BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER notices_delete BEFORE DELETE ON notices BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER events_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER events_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
COMMIT;
