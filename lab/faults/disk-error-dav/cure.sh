mount -o remount,rw /srv/pictures
