sed -i '1i print("Content-Type: text/html\\n")' /srv/report.cgi
