BEGIN TRANSACTION;
CREATE TABLE refund_alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT refund_alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "refund_alembic_version" VALUES('0003');
CREATE TABLE refund_case_events (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	event_id VARCHAR NOT NULL, 
	from_stage VARCHAR, 
	to_stage VARCHAR, 
	detail JSON NOT NULL, 
	CONSTRAINT pk_refund_case_events PRIMARY KEY (id), 
	CONSTRAINT fk_refund_case_events_case_id FOREIGN KEY(case_id) REFERENCES refund_cases (id) ON DELETE CASCADE
);
INSERT INTO "refund_case_events" VALUES(1,1,'2026-11-20 02:00:00.000000','applied',NULL,'applied','{"happened_at":"2026-11-20T02:00:00+00:00"}');
CREATE TABLE refund_case_timers (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	timer_id VARCHAR NOT NULL, 
	timer_version INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	starts VARCHAR NOT NULL, 
	due_at DATETIME NOT NULL, 
	safe DATE NOT NULL, 
	arguable DATE, 
	certain BOOLEAN NOT NULL, 
	"explain" JSON NOT NULL, 
	state VARCHAR NOT NULL, 
	settled_at DATETIME, 
	CONSTRAINT pk_refund_case_timers PRIMARY KEY (id), 
	CONSTRAINT fk_refund_case_timers_case_id FOREIGN KEY(case_id) REFERENCES refund_cases (id) ON DELETE CASCADE
);
INSERT INTO "refund_case_timers" VALUES(1,1,'seven-days',1,'deadline','七天无理由','2026-11-20','2026-11-27 15:59:59.000000','2026-11-26',NULL,1,'["签收次日是第 1 天"]','open',NULL);
INSERT INTO "refund_case_timers" VALUES(2,2,'seven-days',1,'deadline','七天无理由','2026-11-20','2026-11-27 15:59:59.000000','2026-11-26','2026-11-28',1,'["签收次日是第 1 天"]','cancelled','2026-11-20 02:00:00.000000');
CREATE TABLE refund_cases (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code VARCHAR NOT NULL, 
	platform VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	self_id VARCHAR NOT NULL, 
	origin_group_id VARCHAR, 
	scenario_id VARCHAR NOT NULL, 
	rulebook_digest VARCHAR NOT NULL, 
	answers JSON NOT NULL, 
	rule_id VARCHAR NOT NULL, 
	rule_version INTEGER NOT NULL, 
	verdict VARCHAR NOT NULL, 
	track_id VARCHAR, 
	stage_id VARCHAR, 
	stage_entered_at DATETIME NOT NULL, 
	reminders_stopped BOOLEAN NOT NULL, 
	outcome VARCHAR, 
	opened_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	version INTEGER NOT NULL, 
	CONSTRAINT uq_refund_cases_code UNIQUE (code)
);
INSERT INTO "refund_cases" VALUES(1,'K7Q2','onebot','10001','9000','5000','shop-return','d1','{"signed-on":{"value":"2026-11-20"},"amount":{"value":99.9,"approximate":true}}','seven-day',2,'eligible','return','applied','2026-11-20 02:00:00.000000',0,NULL,'2026-11-20 02:00:00.000000','2026-11-27 15:59:59.000000',NULL,4);
INSERT INTO "refund_cases" VALUES(2,'M4XW','onebot','10001','9000',NULL,'shop-return','d1','{"signed-on":{"value":"2026-11-20"},"amount":{"value":99.9,"approximate":true}}','seven-day',2,'eligible','return','applied','2026-11-20 02:00:00.000000',0,'refunded','2026-11-20 02:00:00.000000','2026-11-27 15:59:59.000000','2026-11-27 15:59:59.000000',4);
CREATE TABLE refund_deliveries (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	platform VARCHAR NOT NULL, 
	self_id VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	group_id VARCHAR, 
	channel VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	code VARCHAR, 
	wording VARCHAR, 
	message_id VARCHAR, 
	marked_duplicate BOOLEAN NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME
);
INSERT INTO "refund_deliveries" VALUES(1,'onebot','9000','10001',NULL,'private','该退货了','accepted',NULL,NULL,'-5',0,'2026-11-20 02:00:00.000000','2026-11-20 02:00:00.000000');
CREATE TABLE refund_delivery_items (
	delivery_id INTEGER NOT NULL, 
	reminder_id INTEGER NOT NULL, 
	attempt INTEGER NOT NULL, 
	CONSTRAINT pk_refund_delivery_items PRIMARY KEY (delivery_id, reminder_id), 
	CONSTRAINT fk_refund_delivery_items_delivery_id FOREIGN KEY(delivery_id) REFERENCES refund_deliveries (id) ON DELETE CASCADE, 
	CONSTRAINT fk_refund_delivery_items_reminder_id FOREIGN KEY(reminder_id) REFERENCES refund_reminders (id) ON DELETE CASCADE
);
INSERT INTO "refund_delivery_items" VALUES(1,1,1);
CREATE TABLE refund_evidence_ticks (
	case_id INTEGER NOT NULL, 
	evidence_id VARCHAR NOT NULL, 
	ticked_at DATETIME NOT NULL, 
	CONSTRAINT pk_refund_evidence_ticks PRIMARY KEY (case_id, evidence_id), 
	CONSTRAINT fk_refund_evidence_ticks_case_id FOREIGN KEY(case_id) REFERENCES refund_cases (id) ON DELETE CASCADE
);
INSERT INTO "refund_evidence_ticks" VALUES(1,'photo','2026-11-20 02:00:00.000000');
CREATE TABLE "refund_group_settings" (
	platform VARCHAR NOT NULL, 
	group_id VARCHAR NOT NULL, 
	updated_at DATETIME NOT NULL, 
	keywords_level VARCHAR NOT NULL, 
	CONSTRAINT pk_refund_group_settings PRIMARY KEY (platform, group_id)
);
INSERT INTO "refund_group_settings" VALUES('onebot','5000','2026-11-20 02:00:00.000000','eager');
INSERT INTO "refund_group_settings" VALUES('onebot','5001','2026-11-20 02:00:00.000000','off');
CREATE TABLE refund_handled_messages (
	platform VARCHAR NOT NULL, 
	self_id VARCHAR NOT NULL, 
	message_id VARCHAR NOT NULL, 
	handled_at DATETIME NOT NULL, 
	CONSTRAINT pk_refund_handled_messages PRIMARY KEY (platform, self_id, message_id)
);
INSERT INTO "refund_handled_messages" VALUES('onebot','9000','-77','2026-11-20 02:00:00.000000');
CREATE TABLE refund_interviews (
	id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	self_id VARCHAR NOT NULL, 
	origin_group_id VARCHAR, 
	scenario_id VARCHAR NOT NULL, 
	rulebook_digest VARCHAR NOT NULL, 
	state JSON NOT NULL, 
	status VARCHAR NOT NULL, 
	case_id INTEGER, 
	version INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_refund_interviews PRIMARY KEY (id)
);
INSERT INTO "refund_interviews" VALUES(1,'onebot','10001','9000','5000','shop-return','d1','{"answers":{"goal":{"value":"regret"}},"misreads":1,"revising":null}','finished',1,3,'2026-11-20 02:00:00.000000','2026-11-27 15:59:59.000000');
INSERT INTO "refund_interviews" VALUES(2,'onebot','10001','9000',NULL,'shop-return','d1','{"answers":{"goal":{"value":"regret"}},"misreads":1,"revising":null}','active',NULL,3,'2026-11-20 02:00:00.000000','2026-11-27 15:59:59.000000');
CREATE TABLE refund_notes (
	platform VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	payload JSON NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_refund_notes PRIMARY KEY (platform, user_id)
);
INSERT INTO "refund_notes" VALUES('onebot','10001','pick_event','{"case":"K7Q2"}','2026-11-27 15:59:59.000000');
CREATE TABLE refund_people (
	platform VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	reminders_stopped BOOLEAN NOT NULL, 
	mention_consent BOOLEAN, 
	first_seen_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_refund_people PRIMARY KEY (platform, user_id)
);
INSERT INTO "refund_people" VALUES('onebot','10001',1,NULL,'2026-11-20 02:00:00.000000','2026-11-27 15:59:59.000000');
INSERT INTO "refund_people" VALUES('onebot','10002',0,1,'2026-11-20 02:00:00.000000','2026-11-27 15:59:59.000000');
CREATE TABLE refund_reminders (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_id INTEGER NOT NULL, 
	timer_id VARCHAR NOT NULL, 
	timer_version INTEGER NOT NULL, 
	"offset" VARCHAR NOT NULL, 
	platform VARCHAR NOT NULL, 
	self_id VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	origin_group_id VARCHAR, 
	due_at DATETIME NOT NULL, 
	next_try_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	attempt INTEGER NOT NULL, 
	failures INTEGER NOT NULL, 
	unknowns INTEGER NOT NULL, 
	possible_duplicate BOOLEAN NOT NULL, 
	detail_owed BOOLEAN NOT NULL, 
	lease_until DATETIME, 
	delivery_id INTEGER, 
	channel VARCHAR, 
	last_code VARCHAR, 
	last_wording VARCHAR, 
	reason VARCHAR, 
	created_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	CONSTRAINT fk_refund_reminders_case_id FOREIGN KEY(case_id) REFERENCES refund_cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_refund_reminders_delivery_id FOREIGN KEY(delivery_id) REFERENCES refund_deliveries (id) ON DELETE SET NULL, 
	CONSTRAINT uq_refund_reminders_case_timer_version_offset UNIQUE (case_id, timer_id, timer_version, "offset")
);
INSERT INTO "refund_reminders" VALUES(1,1,'seven-days',1,'1d@10:00','onebot','9000','10001','5000','2026-11-27 15:59:59.000000','2026-11-27 15:59:59.000000','sent',1,0,0,0,0,NULL,1,'private',NULL,NULL,NULL,'2026-11-20 02:00:00.000000','2026-11-20 02:00:00.000000');
INSERT INTO "refund_reminders" VALUES(2,1,'seven-days',1,'3h','onebot','9000','10001','5000','2026-11-27 15:59:59.000000','2026-11-27 15:59:59.000000','pending',0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-20 02:00:00.000000',NULL);
CREATE TABLE refund_rulebook_snapshots (
	digest VARCHAR NOT NULL, 
	scenario_id VARCHAR NOT NULL, 
	body JSON NOT NULL, 
	saved_at DATETIME NOT NULL, 
	CONSTRAINT pk_refund_rulebook_snapshots PRIMARY KEY (digest, scenario_id)
);
INSERT INTO "refund_rulebook_snapshots" VALUES('d1','shop-return','{"scenario":{"id":"shop-return"},"sources":[]}','2026-11-20 02:00:00.000000');
CREATE INDEX ix_refund_cases_closed_at ON refund_cases (closed_at);
CREATE INDEX ix_refund_cases_person ON refund_cases (platform, user_id, opened_at);
CREATE INDEX ix_refund_cases_rulebook ON refund_cases (rulebook_digest, scenario_id);
CREATE INDEX ix_refund_deliveries_message ON refund_deliveries (platform, self_id, message_id);
CREATE INDEX ix_refund_deliveries_person ON refund_deliveries (platform, user_id, id);
CREATE INDEX ix_refund_deliveries_started_at ON refund_deliveries (started_at);
CREATE INDEX ix_refund_handled_messages_handled_at ON refund_handled_messages (handled_at);
CREATE INDEX ix_refund_interviews_person ON refund_interviews (platform, user_id, status);
CREATE INDEX ix_refund_interviews_updated_at ON refund_interviews (status, updated_at);
CREATE UNIQUE INDEX uq_refund_interviews_active ON refund_interviews (platform, user_id) WHERE status = 'active';
CREATE INDEX ix_refund_case_events_case_id ON refund_case_events (case_id, id);
CREATE INDEX ix_refund_case_timers_certain ON refund_case_timers (certain, state);
CREATE INDEX ix_refund_case_timers_due ON refund_case_timers (state, due_at);
CREATE UNIQUE INDEX uq_refund_case_timers_open ON refund_case_timers (case_id, timer_id) WHERE state = 'open';
CREATE UNIQUE INDEX uq_refund_case_timers_version ON refund_case_timers (case_id, timer_id, timer_version);
CREATE INDEX ix_refund_reminders_claim ON refund_reminders (state, platform, self_id, next_try_at);
CREATE INDEX ix_refund_reminders_delivery_id ON refund_reminders (delivery_id);
CREATE INDEX ix_refund_reminders_give_up ON refund_reminders (state, next_try_at);
CREATE INDEX ix_refund_reminders_lease ON refund_reminders (state, lease_until);
CREATE INDEX ix_refund_reminders_person ON refund_reminders (platform, user_id, state, due_at);
CREATE INDEX ix_refund_delivery_items_reminder_id ON refund_delivery_items (reminder_id);
CREATE INDEX ix_refund_cases_stage ON refund_cases (stage_id, updated_at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('refund_cases',2);
INSERT INTO "sqlite_sequence" VALUES('refund_deliveries',1);
INSERT INTO "sqlite_sequence" VALUES('refund_reminders',2);
COMMIT;
