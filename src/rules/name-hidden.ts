import type { Claim } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Refusal } from '../symptoms/starting.ts'
import type { SeenNames } from './dns-failure.ts'
import { seenBy } from './knowledge.ts'
import { hiddenBy } from './unit-view.ts'

/** What the C library looks names up with (resolver(5), hosts(5)); with systemd-resolved the second is a link into /run. */
const HOSTS = '/etc/hosts'
const RESOLVERS = ['/etc/resolv.conf', '/run/systemd/resolve']

/**
 * The name resolves on the host, and in nginx's unit it does not: a setting of that unit takes the file away which it stands in, or the one
 * that names the name servers. A test by hand passes then.
 */
export function hiddenName(refusal: Refusal, name: string, seen: SeenNames): Claim[] {
  const { host, 'nginx-unit': units, 'name-resolution': names } = seen
  const unit = units.known ? units.value.units.find(({ active }) => active === 'failed') : undefined
  if (!unit || !host.known || !names.known || refusal.ago === null || seen.starting.runs) return []
  const found = names.value.names.get(name) ?? []
  const byFile = names.value.hostsLines.find((line) => line.split(/\s+/).slice(1).includes(name))
  const files = byFile === undefined ? RESOLVERS : [HOSTS]
  const setting = files.map((file) => hiddenBy(unit.sandbox ?? [], file)).find((each) => each !== null)
  if (found.length === 0 || setting === undefined) return []
  const hostsAgo = names.value.hostsChanged === null ? null : host.value.epoch - names.value.hostsChanged
  // Stamps are whole seconds.
  const there = byFile === undefined || (hostsAgo !== null && hostsAgo >= refusal.ago - 1)
  const place = refusal.line.config
  const file = files[0] ?? HOSTS
  return [
    {
      summary: `${name} does not resolve for nginx, so it does not start: ${setting} of ${unit.id} takes ${file} out of its sight; outside of the unit it is ${found.join(', ')}`,
      subject: { ...(place && { file: place.file, line: place.line }) },
      failingNow: true,
      about: 'nginx does not start',
      explains: ['config-invalid', 'nginx-down'],
      impact: null,
      evidence: [
        seenBy(refusal.from === 'log' ? 'error-log' : 'nginx-unit', `journalctl -u ${unit.id}`, refusal.text),
        seenBy('nginx-unit', `systemctl show ${unit.id}`, setting),
        byFile === undefined
          ? seenBy('name-resolution', `getent ahosts ${name}`, found.join('\n'))
          : seenBy('name-resolution', `grep ${name} ${HOSTS}`, byFile),
      ],
      unlike: [
        ruledOut('config-invalid', 'the message names a host that was not found, not a directive'),
        there
          ? ruledOut('nginx-down', `${file} is as it was when nginx said so: it would say it again`)
          : notJudged('nginx-down', `${name} may have come into ${file} only since then`),
      ],
      atMost: there ? 'likely' : 'possible',
      steps: [
        `systemctl edit ${unit.id}: BindReadOnlyPaths=${files.join(' ')}, or without ${setting}`,
        `systemctl start ${unit.id}`,
      ],
    },
  ]
}
