own_build edge.service
visitors
systemctl stop edge.service
requests "$WWW_SITE" / 10
