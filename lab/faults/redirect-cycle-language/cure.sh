mv /srv/handbook/en-GB /srv/handbook/en
requests handbook.example.com /chapter-4 1 | grep -qx 200
