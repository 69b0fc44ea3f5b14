sed -i '/2001:db8:77::10/d' /etc/hosts
reload_nginx
