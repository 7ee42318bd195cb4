"""The same by MLflow alone: the model's ONNX graph in a user-defined function, without Retain on the executors.

    MLFLOW_TRACKING_URI=… spark-submit score_by_mlflow.py models:/churn@champion CUSTOMERS SCORES

Executors need mlflow, onnx, onnxruntime and pandas. Rows that break the schema get null without a reason, and probabilities
differ from Retain's own by less than 1e-6.
"""

import sys

import mlflow
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

model, source, target = sys.argv[1:]
spark = SparkSession.builder.appName("retain").getOrCreate()
churn = mlflow.pyfunc.spark_udf(spark, model, result_type="double", env_manager="local")
columns = [column.name for column in mlflow.models.get_model_info(model).signature.inputs]
customers = spark.read.parquet(source)
customers.withColumn("churn_probability", churn(F.struct(*columns))).write.parquet(target)
print(f"{spark.read.parquet(target).where('churn_probability IS NULL').count()} rows without a score")
spark.stop()
