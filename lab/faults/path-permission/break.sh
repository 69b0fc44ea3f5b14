# A deploy with umask 077: the folder of the files belongs to its owner alone.
visitors
chmod 0700 "$WWW_DIR"
requests "$WWW_SITE" / 30
