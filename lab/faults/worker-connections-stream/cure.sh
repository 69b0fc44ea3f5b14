systemctl stop tills.service ledger.service
give_back /etc/nginx/nginx.conf
rm -f /etc/nginx/modules-enabled/50-stream.conf /srv/ledger.py /srv/tills.py
systemctl restart nginx.service
