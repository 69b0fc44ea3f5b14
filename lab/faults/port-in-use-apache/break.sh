# The package apache2 was installed for a tool and took port 80 at the boot before nginx could.
visitors
systemctl stop nginx.service
printf 'ServerName localhost\nListen 80\n' >/etc/apache2/ports.conf
systemctl start apache2.service
wait_until 10 listens_on 80
systemctl start nginx.service || true
curl -s -o /dev/null -w '%{http_code}\n' "http://127.0.0.1/nothing-here"
