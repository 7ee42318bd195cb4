/// Registered models; and traces, which Retain leaves empty, but MLflow looks for.
extension MLflowSchema {
    static let registry = [
        """
        CREATE TABLE registered_models (
            name VARCHAR(256) NOT NULL,
            creation_time BIGINT,
            last_updated_time BIGINT,
            description VARCHAR(5000),
            CONSTRAINT registered_model_pk PRIMARY KEY (name),
            UNIQUE (name)
        )
        """,
        """
        CREATE TABLE registered_model_tags (
            "key" VARCHAR(250) NOT NULL,
            value VARCHAR(5000),
            name VARCHAR(256) NOT NULL,
            CONSTRAINT registered_model_tag_pk PRIMARY KEY ("key", name),
            FOREIGN KEY(name) REFERENCES registered_models (name) ON UPDATE cascade
        )
        """,
        """
        CREATE TABLE registered_model_aliases (
            alias VARCHAR(256) NOT NULL,
            version INTEGER NOT NULL,
            name VARCHAR(256) NOT NULL,
            CONSTRAINT registered_model_alias_pk PRIMARY KEY (name, alias),
            CONSTRAINT registered_model_alias_name_fkey FOREIGN KEY(name) REFERENCES registered_models (name) ON DELETE cascade ON UPDATE cascade
        )
        """,
        """
        CREATE TABLE model_versions (
            name VARCHAR(256) NOT NULL,
            version INTEGER NOT NULL,
            creation_time BIGINT,
            last_updated_time BIGINT,
            description VARCHAR(5000),
            user_id VARCHAR(256),
            current_stage VARCHAR(20),
            source VARCHAR(500),
            run_id VARCHAR(32),
            status VARCHAR(20),
            status_message VARCHAR(500),
            run_link VARCHAR(500),
            storage_location VARCHAR(500),
            CONSTRAINT model_version_pk PRIMARY KEY (name, version),
            FOREIGN KEY(name) REFERENCES registered_models (name) ON UPDATE CASCADE
        )
        """,
        """
        CREATE TABLE model_version_tags (
            "key" VARCHAR(250) NOT NULL,
            value VARCHAR(5000),
            name VARCHAR(256) NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT model_version_tag_pk PRIMARY KEY ("key", name, version),
            FOREIGN KEY(name, version) REFERENCES model_versions (name, version) ON UPDATE cascade
        )
        """,
        """
        CREATE TABLE trace_info (
            request_id VARCHAR(50) NOT NULL,
            experiment_id INTEGER NOT NULL,
            timestamp_ms BIGINT NOT NULL,
            execution_time_ms BIGINT,
            status VARCHAR(50) NOT NULL,
            CONSTRAINT trace_info_pk PRIMARY KEY (request_id),
            CONSTRAINT fk_trace_info_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id)
        )
        """,
        """
        CREATE TABLE trace_tags (
            "key" VARCHAR(250) NOT NULL,
            value VARCHAR(8000),
            request_id VARCHAR(50) NOT NULL,
            CONSTRAINT trace_tag_pk PRIMARY KEY ("key", request_id),
            CONSTRAINT fk_trace_tags_request_id FOREIGN KEY(request_id) REFERENCES trace_info (request_id) ON DELETE CASCADE
        )
        """,
        """
        CREATE TABLE trace_request_metadata (
            "key" VARCHAR(250) NOT NULL,
            value VARCHAR(8000),
            request_id VARCHAR(50) NOT NULL,
            CONSTRAINT trace_request_metadata_pk PRIMARY KEY ("key", request_id),
            CONSTRAINT fk_trace_request_metadata_request_id FOREIGN KEY(request_id) REFERENCES trace_info (request_id) ON DELETE CASCADE
        )
        """,
        """
        CREATE TABLE alembic_version (
            version_num VARCHAR(32) NOT NULL,
            CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
        )
        """,
        """
        CREATE INDEX index_trace_info_experiment_id_timestamp_ms
            ON trace_info (experiment_id, timestamp_ms)
        """,
        """
        CREATE INDEX index_trace_tags_request_id
            ON trace_tags (request_id)
        """,
        """
        CREATE INDEX index_trace_request_metadata_request_id
            ON trace_request_metadata (request_id)
        """,
    ]
}
