# nginx is stopped. An ordinary user has processes that call themselves its master and worker, and holds port 8000.
visitors
systemctl stop nginx.service
systemd-run -q --unit=session-9 --uid=plain bash -c 'exec -a "nginx: master process /usr/sbin/nginx -g daemon on; master_process on;" sleep 600'
systemd-run -q --unit=session-10 --uid=plain bash -c 'exec -a "nginx: worker process" sleep 600'
requests "$WWW_SITE" / 10
