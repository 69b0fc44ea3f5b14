mv /root/ss.away /usr/bin/ss
