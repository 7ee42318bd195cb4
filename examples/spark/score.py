"""Scores customers with Spark, and tells how many were rejected, and why.

    spark-submit score.py MODEL CUSTOMERS SCORES

MODEL is a model folder of the driver or models:/NAME@ALIAS, CUSTOMERS and SCORES are folders of Parquet files anywhere that Spark reads and writes.
Executors need retain-churn and pyarrow in their Python, and the model goes to them with the task.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import retain_churn.spark

model, source, target = sys.argv[1:]
spark = SparkSession.builder.appName("retain").getOrCreate()
retain_churn.spark.score(spark.read.parquet(source), model).write.parquet(target)

scores = spark.read.parquet(target)
for row in scores.groupBy("rejected").agg(F.count("*").alias("rows")).orderBy(F.desc("rows")).limit(10).collect():
    print(f"{row['rows']} {'scored' if row['rejected'] is None else row['rejected']}")
spark.stop()
