"""What the rooms above may listen to."""

from django.dispatch import Signal

# Sent with `fichier`, in the transaction that changed its state, once the antivirus has answered.
analyse_terminee = Signal()
