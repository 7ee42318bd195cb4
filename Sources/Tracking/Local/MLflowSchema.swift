/// The form of MLflow 2.22's database: tables, names of constraints and indexes as that release knows them.
///
/// Later releases bring such a file up to date when they open it, and find constraints by their names.
enum MLflowSchema {
    /// The last of MLflow's migrations that this form has (2024-11-11).
    static let revision = "0584bdc529eb"

    /// What Retain itself needs to know: which run of a server is which run here.
    static let own = """
        CREATE TABLE retain_sync (
            kind VARCHAR(20) NOT NULL,
            local_id VARCHAR(500) NOT NULL,
            destination VARCHAR(500) NOT NULL,
            remote_id VARCHAR(500) NOT NULL,
            is_complete BOOLEAN NOT NULL,
            CONSTRAINT retain_sync_pk PRIMARY KEY (kind, local_id, destination)
        )
        """

    /// Every statement, in order.
    static var statements: [String] {
        runs + registry + [own, "INSERT INTO alembic_version (version_num) VALUES ('\(revision)')"]
    }

    /// The columns that Retain reads and writes, by table: a file of another revision must have them.
    static let needed = [
        "experiments": [
            "experiment_id", "name", "artifact_location", "lifecycle_stage", "creation_time",
            "last_update_time",
        ],
        "runs": [
            "run_uuid", "name", "source_type", "source_name", "entry_point_name", "user_id",
            "status", "start_time", "end_time", "source_version", "lifecycle_stage",
            "artifact_uri", "experiment_id",
        ],
        "tags": ["key", "value", "run_uuid"],
        "params": ["key", "value", "run_uuid"],
        "metrics": ["key", "value", "timestamp", "run_uuid", "step", "is_nan"],
        "latest_metrics": ["key", "value", "timestamp", "step", "is_nan", "run_uuid"],
        "datasets": [
            "dataset_uuid", "experiment_id", "name", "digest", "dataset_source_type",
            "dataset_source", "dataset_schema", "dataset_profile",
        ],
        "inputs": [
            "input_uuid", "source_type", "source_id", "destination_type", "destination_id",
        ],
        "input_tags": ["input_uuid", "name", "value"],
        "registered_models": ["name", "creation_time", "last_updated_time", "description"],
        "registered_model_tags": ["key", "value", "name"],
        "registered_model_aliases": ["alias", "version", "name"],
        "model_versions": [
            "name", "version", "creation_time", "last_updated_time", "description", "user_id",
            "current_stage", "source", "run_id", "status", "status_message", "run_link",
            "storage_location",
        ],
        "model_version_tags": ["key", "value", "name", "version"],
    ]
}

/// Experiments and runs.
extension MLflowSchema {
    static let runs = [
        """
        CREATE TABLE experiments (
            experiment_id INTEGER NOT NULL,
            name VARCHAR(256) NOT NULL,
            artifact_location VARCHAR(256),
            lifecycle_stage VARCHAR(32),
            creation_time BIGINT,
            last_update_time BIGINT,
            CONSTRAINT experiment_pk PRIMARY KEY (experiment_id),
            CONSTRAINT experiments_lifecycle_stage CHECK (lifecycle_stage IN ('active', 'deleted')),
            UNIQUE (name)
        )
        """,
        """
        CREATE TABLE runs (
            run_uuid VARCHAR(32) NOT NULL,
            name VARCHAR(250),
            source_type VARCHAR(20),
            source_name VARCHAR(500),
            entry_point_name VARCHAR(50),
            user_id VARCHAR(256),
            status VARCHAR(9),
            start_time BIGINT,
            end_time BIGINT,
            source_version VARCHAR(50),
            lifecycle_stage VARCHAR(20),
            artifact_uri VARCHAR(200),
            experiment_id INTEGER,
            deleted_time BIGINT,
            CONSTRAINT run_pk PRIMARY KEY (run_uuid),
            CONSTRAINT source_type CHECK (source_type IN ('NOTEBOOK', 'JOB', 'LOCAL', 'UNKNOWN', 'PROJECT')),
            CONSTRAINT runs_lifecycle_stage CHECK (lifecycle_stage IN ('active', 'deleted')),
            FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id),
            CHECK (status IN ('SCHEDULED', 'FAILED', 'FINISHED', 'RUNNING', 'KILLED'))
        )
        """,
        """
        CREATE TABLE experiment_tags (
            "key" VARCHAR(250) NOT NULL,
            value VARCHAR(5000),
            experiment_id INTEGER NOT NULL,
            CONSTRAINT experiment_tag_pk PRIMARY KEY ("key", experiment_id),
            FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id)
        )
        """,
        """
        CREATE TABLE tags (
            "key" VARCHAR(250) NOT NULL,
            value VARCHAR(8000),
            run_uuid VARCHAR(32) NOT NULL,
            CONSTRAINT tag_pk PRIMARY KEY ("key", run_uuid),
            FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid)
        )
        """,
        """
        CREATE TABLE params (
            "key" VARCHAR(250) NOT NULL,
            value VARCHAR(8000) NOT NULL,
            run_uuid VARCHAR(32) NOT NULL,
            CONSTRAINT param_pk PRIMARY KEY ("key", run_uuid),
            FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid)
        )
        """,
        """
        CREATE TABLE metrics (
            "key" VARCHAR(250) NOT NULL,
            value FLOAT NOT NULL,
            timestamp BIGINT NOT NULL,
            run_uuid VARCHAR(32) NOT NULL,
            step BIGINT DEFAULT '0' NOT NULL,
            is_nan BOOLEAN DEFAULT '0' NOT NULL,
            CONSTRAINT metric_pk PRIMARY KEY ("key", timestamp, step, run_uuid, value, is_nan),
            FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid),
            CHECK (is_nan IN (0, 1))
        )
        """,
        """
        CREATE TABLE latest_metrics (
            "key" VARCHAR(250) NOT NULL,
            value FLOAT NOT NULL,
            timestamp BIGINT,
            step BIGINT NOT NULL,
            is_nan BOOLEAN NOT NULL,
            run_uuid VARCHAR(32) NOT NULL,
            CONSTRAINT latest_metric_pk PRIMARY KEY ("key", run_uuid),
            FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid),
            CHECK (is_nan IN (0, 1))
        )
        """,
        """
        CREATE TABLE datasets (
            dataset_uuid VARCHAR(36) NOT NULL,
            experiment_id INTEGER NOT NULL,
            name VARCHAR(500) NOT NULL,
            digest VARCHAR(36) NOT NULL,
            dataset_source_type VARCHAR(36) NOT NULL,
            dataset_source TEXT NOT NULL,
            dataset_schema TEXT,
            dataset_profile TEXT,
            CONSTRAINT dataset_pk PRIMARY KEY (experiment_id, name, digest),
            CONSTRAINT fk_datasets_experiment_id_experiments FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id) ON DELETE CASCADE
        )
        """,
        """
        CREATE TABLE inputs (
            input_uuid VARCHAR(36) NOT NULL,
            source_type VARCHAR(36) NOT NULL,
            source_id VARCHAR(36) NOT NULL,
            destination_type VARCHAR(36) NOT NULL,
            destination_id VARCHAR(36) NOT NULL,
            CONSTRAINT inputs_pk PRIMARY KEY (source_type, source_id, destination_type, destination_id)
        )
        """,
        """
        CREATE TABLE input_tags (
            input_uuid VARCHAR(36) NOT NULL,
            name VARCHAR(255) NOT NULL,
            value VARCHAR(500) NOT NULL,
            CONSTRAINT input_tags_pk PRIMARY KEY (input_uuid, name)
        )
        """,
        """
        CREATE INDEX index_metrics_run_uuid
            ON metrics (run_uuid)
        """,
        """
        CREATE INDEX index_latest_metrics_run_uuid
            ON latest_metrics (run_uuid)
        """,
        """
        CREATE INDEX index_inputs_destination_type_destination_id_source_type
            ON inputs (destination_type, destination_id, source_type)
        """,
        """
        CREATE INDEX index_inputs_input_uuid
            ON inputs (input_uuid)
        """,
        """
        CREATE INDEX index_params_run_uuid
            ON params (run_uuid)
        """,
        """
        CREATE INDEX index_tags_run_uuid
            ON tags (run_uuid)
        """,
        """
        CREATE INDEX index_datasets_experiment_id_dataset_source_type
            ON datasets (experiment_id, dataset_source_type)
        """,
        """
        CREATE INDEX index_datasets_dataset_uuid
            ON datasets (dataset_uuid)
        """,
    ]
}
