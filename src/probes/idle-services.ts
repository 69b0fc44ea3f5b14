import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { unitsOf } from './nginx-unit.ts'
import { defineProbe } from './probe.ts'
import { unitPropertyScript } from './unit-property-script.ts'
import { type Unit, unitProperties } from './unit-state.ts'

/** A service of this host that does not run although it once did or should. */
export interface IdleService {
  readonly unit: Unit
  /** Lines of its unit file, and of the files that this names, that say where it listens: "/etc/redis/redis.conf: port 6379". */
  readonly listens: readonly string[]
}

export interface IdleServices {
  readonly services: readonly IdleService[]
  /** There were more than were looked at. */
  readonly more: boolean
  /** Connections of other programs than nginx that are being opened, by peer: "10.0.0.5:5432". Empty owners: the user may not see them. */
  readonly opening: readonly { readonly peer: string; readonly owners: string }[]
}

/**
 * Services that are failed, dead or on their way, and where each would listen: one of them may be what a backend needs. "$1" is any
 * word: it is asked together with the other questions of round two.
 *
 * Sample (systemd 252, Debian 12):
 *     @unit redis-server.service
 *     Id=redis-server.service
 *     ActiveState=inactive
 *     @journal
 *     2026-11-21T03:04:01+0100 web-1 systemd[1]: Stopped redis-server.service - Advanced key-value store.
 *     @listens redis-server.service
 *     /etc/redis/redis.conf: port 6379
 *     @opening
 *     SYN-SENT 10.0.0.9:5432 users:(("gunicorn",pid=310,fd=9))
 */
export const idleServices = defineProbe({
  id: 'idle-services',
  command:
    'systemctl list-units --state=failed,inactive,activating; systemctl list-unit-files; systemctl show; ss -Htanp',
  seconds: 5,
  cap: 131_072,
  script: `
[ -d /run/systemd/system ] || { echo 'no systemd on this host' >&2; exit 3; }
${unitPropertyScript}
# systemd forgets a unit that was stopped and that nothing wants; its journal knows it (SD_MESSAGE_UNIT_STOPPED of sd-messages.h). One
# that was not started since the host did is in the list of files only: of those the usual databases and caches.
all=$({ systemctl list-units --type=service --all --plain --no-legend --state=failed,inactive,activating 2>/dev/null | awk '{ print $1 }'
  journalctl -q -r -n 60 --since '-1 hour' MESSAGE_ID=9d1aaa27d60140bd96365438aad20286 -o json --output-fields=UNIT 2>/dev/null | sed -n 's/.*"UNIT" *: *"\\([^"]*[.]service\\)".*/\\1/p'; 
  # with patterns, because the state of every file of a host costs systemd a third of a second
  systemctl list-unit-files --type=service --no-legend 'redis*' 'valkey*' 'keydb*' 'postgres*' 'pgbouncer*' 'mysql*' 'mariadb*' 'percona*' 'mongo*' 'memcached*' 'rabbitmq*' 'elasticsearch*' 'opensearch*' 2>/dev/null |
    awk '$1 !~ /@[.]/ && $2 !~ /alias|masked/ { print $1 }'; } | awk '!s[$0]++' |
  grep -vE '^(systemd-|getty|serial-getty|console-|user@|user-runtime|emergency|rescue|plymouth|initrd|dracut|apt-|dpkg-|man-db|logrotate|fstrim|e2scrub|modprobe@|quotaon|rc-local|ldconfig|first-boot|auditd|kmod|nginx|openresty|angie)')
echo "@more $(printf '%s\\n' "$all" | wc -l)"
# one question for all of them: most are one-shots and files that are gone
idle=$(printf '%s\\n' "$all" | head -n 40)
[ -n "$idle" ] && blocks=$(systemctl show -p ${unitProperties} $idle | awk -v RS= '!/(^|\\n)(LoadState=not-found|Type=oneshot|ActiveState=active)(\\n|$)/ { print $0 "\\n" }')
while [ -n "$blocks" ]; do
  next_shown; property Id; u=$value
  printf '@unit %s\\n%s\\n@journal\\n' "$u" "$shown"
  journalctl -q -u "$u" -n 4 -o short-iso --no-pager 2>/dev/null | cut -c1-300
  echo "@listens $u"
  property FragmentPath; fragment=$value
  [ -r "$fragment" ] && grep -hE '^(ExecStart|ListenStream|Environment)=' "$fragment" | head -n 4 | sed "s|^|$fragment: |" | cut -c1-300
  { [ -r "$fragment" ] && sed -n 's/^ExecStart=//p' "$fragment" | tr ' =' '\\n\\n' | grep -E '^/(etc|srv|opt|usr/local|home)/.*[.](conf|cnf|cfg|ini|ya?ml|toml|json|py|js)$'; case $u in mariadb*|mysql*) ls /etc/mysql/mariadb.conf.d/*server.cnf /etc/mysql/my.cnf 2>/dev/null ;; esac; } | sort -u | head -n 4 | while read -r f; do
    [ -f "$f" ] && [ -r "$f" ] && [ "$(stat -L -c %s "$f")" -lt 262144 ] && grep -hiE '^[[:space:]]*"?(port|listen|bind|bind-address|unixsocket|socket|http.port|listen_addresses)"?[[:space:]]*[ =:]' "$f" | head -n 6 | sed "s|^[[:space:]]*|$f: |" | cut -c1-200
  done
done
echo @opening
{ as_root ss -Htanp 2>/dev/null || ss -Htanp; } | awk '$1 == "SYN-SENT" && $0 !~ /"nginx"/ { print $1, $5, $6 }' | head -n 40`,
  parse(capture) {
    if (capture.exitCode === 3) return unusable('no systemd on this host')
    if (!/^@opening$/m.test(capture.stdout)) return unusable('services that do not run were not asked for')
    const all = sections(capture.stdout, ['more', 'unit', 'journal', 'listens', 'opening'])
    const parts = capture.truncated ? all.slice(0, -1) : all
    const count = Number(parts.find((part) => part.name === 'more')?.rest ?? 0)
    const listens = new Map(parts.filter((part) => part.name === 'listens').map((part) => [part.rest, part.body]))
    const opening = parts.find((part) => part.name === 'opening')?.body ?? []
    return parsed<IdleServices>({
      services: unitsOf(parts).map((unit) => ({ unit, listens: (listens.get(unit.id) ?? []).filter(Boolean) })),
      more: count > 40 || capture.truncated,
      opening: opening.flatMap((line) => {
        const [, peer, owners] = line.split(' ')
        return peer ? [{ peer, owners: owners ?? '' }] : []
      }),
    })
  },
})
