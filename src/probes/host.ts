import { parsed, unusable } from '../diagnosis/fact.ts'
import { keyedLines } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface Host {
  /** Host clock, seconds since the epoch. */
  readonly epoch: number
  /** "+01:00". */
  readonly timezone: string
  /** Seconds since boot. */
  readonly uptime: number
  readonly os: string
  readonly user: string
  readonly groups: readonly string[]
  readonly systemd: boolean
  readonly cpus: number
  /** Own addresses without prefix length, loopback included. */
  readonly addresses: readonly string[]
  /** The answer was cut off: there may be more addresses. */
  readonly cutOff?: true
}

/**
 * Who we are on the host, its clock, zone and addresses.
 *
 * Sample (Debian 12):
 *     clock 1795230491 +0100
 *     uptime 5123.44 9876.12
 *     os Debian GNU/Linux 12 (bookworm)
 *     user medic
 *     groups medic adm
 *     systemd yes
 *     cpus 2
 *     addr 127.0.0.1/8
 */
export const host = defineProbe({
  id: 'host',
  command: 'date; id; ip -o addr',
  seconds: 3,
  cap: 16_384,
  script: `
echo "clock $(date '+%s %z')"
echo "uptime $(cat /proc/uptime)"
[ -r /etc/os-release ] && sed -n 's/^PRETTY_NAME="\\{0,1\\}\\([^"]*\\).*/os \\1/p' /etc/os-release
echo "user $(id -un)"
echo "groups $(id -Gn)"
if [ -d /run/systemd/system ]; then echo 'systemd yes'; else echo 'systemd no'; fi
echo "cpus $(grep -c ^processor /proc/cpuinfo)"
ip -o addr show 2>/dev/null | awk '{print "addr " $4}'`,
  parse(capture) {
    const lines = keyedLines(capture.stdout)
    const [epoch, zone] = (lines.get('clock')?.[0] ?? '').split(' ')
    const offset = /^([+-]\d\d)(\d\d)$/.exec(zone ?? '')
    if (!epoch || !/^\d+$/.test(epoch) || !offset) return unusable('date gave no clock')

    return parsed<Host>({
      epoch: Number(epoch),
      timezone: `${offset[1]}:${offset[2]}`,
      uptime: Number((lines.get('uptime')?.[0] ?? '0').split(' ')[0]),
      os: lines.get('os')?.[0] ?? 'unknown system',
      user: lines.get('user')?.[0] ?? '',
      groups: (lines.get('groups')?.[0] ?? '').split(' ').filter(Boolean),
      systemd: lines.get('systemd')?.[0] === 'yes',
      cpus: Number(lines.get('cpus')?.[0] ?? 0),
      addresses: (lines.get('addr') ?? []).map((address) => address.replace(/\/\d+$/, '')),
      ...(capture.truncated && { cutOff: true as const }),
    })
  },
})
