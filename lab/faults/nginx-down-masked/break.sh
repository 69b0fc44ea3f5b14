# For a trial with another web server nginx was stopped and masked; the trial is over, the other one is gone, and nobody took the mask away.
visitors
systemctl mask -q --now nginx.service
other_server trial-web.service 0.0.0.0 80
other_server_gone trial-web.service
requests "$WWW_SITE" / 10
