"""Pages of many schools: a list's page with one school's contacts and words, and a chooser."""
