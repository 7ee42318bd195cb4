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
