"""The model of a form: fields, labels and titles."""
