# The old web server was started again by somebody, and nginx was restarted: it does not get its port back.
visitors
systemctl stop nginx.service
other_server legacy-web.service 0.0.0.0 80
systemctl start nginx.service || true
curl -s -o /dev/null -w '%{http_code}\n' "http://127.0.0.1/nothing-here"
