umount -l "${ERROR_LOG%/*}"
reload_nginx
