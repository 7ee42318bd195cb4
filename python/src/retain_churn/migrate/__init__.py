"""A network of Keras's, and its scaler of scikit-learn's, as a Retain model folder with the same probabilities.

    python -m retain_churn.migrate model.keras scaler.pkl --trust-pickle --schema retain.yaml --data customers.csv -o model

Neither TensorFlow nor Keras is needed: the file is read by h5py. Where Keras is installed, it is asked what it says of every
customer, and a folder that says anything else is refused.
"""

from __future__ import annotations

from ._migration import Migration, migrate

__all__ = ["Migration", "migrate"]
