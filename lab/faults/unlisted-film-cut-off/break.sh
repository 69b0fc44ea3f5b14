# A film was copied only in part: the mp4 module, which looks for its table of contents, answers 500 whenever somebody jumps into it.
visitors
mkdir -p /srv/films
python3 - <<'PYTHON'
import struct

with open("/srv/films/harvest.mp4", "wb") as film:
    film.write(struct.pack(">I4s4sI4s", 20, b"ftyp", b"isom", 0, b"isom"))
    film.write(struct.pack(">I4s", 400, b"moov") + struct.pack(">I4s", 108, b"mvhd") + bytes(40))
PYTHON
chmod -R a+rX /srv/films
cat >"$(new_site films)" <<'EOF'
server {
    listen 80;
    server_name films.example.com;
    root /srv/films;

    location ~ \.mp4$ {
        mp4;
    }
}
EOF
reload_nginx
requests films.example.com '/harvest.mp4?start=12' 20
