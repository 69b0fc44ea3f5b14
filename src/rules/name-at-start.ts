import type { Claim, LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { macAlike as sharedMacAlike } from './mac-alike.ts'
import { lineText } from './config-line.ts'
import type { SeenNames } from './dns-failure.ts'
import { seenBy } from './knowledge.ts'

/** nginx does not start, or refused to load what is on disk, because of a name (src/core/ngx_inet.c: all names are looked up at start). */
export function notResolvedAtStart(refusal: Refusal, name: string, seen: SeenNames): Claim {
  const { runs } = seen.starting
  const refused = runs && seen.starting.refusals.some((each) => each.from !== 'test')
  // Whether somebody asked for it stands in the log and in the unit's journal.
  const unseen =
    runs &&
    !refused &&
    !(
      seen.host.known &&
      seen['nginx-unit'].known &&
      seen['error-log'].known &&
      seen['error-log'].value.files.every((file) => file.state === 'read')
    )
  const place = refusal.line.config
  const names = seen['name-resolution']
  const found = names.known ? names.value.names.get(name) : undefined
  return {
    ...(runs && !refused && !unseen && { kind: 'latent' as const }),
    summary: `${name} does not resolve${place ? ` (${place.file}:${place.line})` : ''}, ${consequence(runs, refused)}`,
    subject: { ...(place && { file: place.file, line: place.line }) },
    failingNow: !runs || refused || unseen,
    about: 'nginx does not start',
    explains: ['config-invalid', 'nginx-down'],
    impact: null,
    evidence: [
      seenBy(
        refusal.from === 'test' ? 'nginx-config' : refusal.from === 'log' ? 'error-log' : 'nginx-unit',
        sourceOf(refusal),
        refusal.text,
      ),
      ...(place ? [seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], place.file, place.line))] : []),
      ...(found
        ? [
            seenBy(
              'name-resolution',
              `getent ahosts ${name}`,
              found.length > 0 ? found.join('\n') : answerText(name, seen),
            ),
          ]
        : []),
      ...(names.known && names.value.nameServers.length > 0
        ? [seenBy('name-resolution', 'grep nameserver /etc/resolv.conf', names.value.nameServers.join('\n'))]
        : []),
    ],
    unlike: [
      ruledOut('config-invalid', 'the message names a host that was not found, not a directive'),
      resolutionAlike(name, found, seen),
      ...macAlike(seen),
    ],
    ...((unseen || (found !== undefined && found.length > 0)) && { atMost: 'possible' as const }),
    steps: [
      ...serverSteps(seen),
      `getent ahosts ${name}   # must print an address; give the name a record, or a line in /etc/hosts`,
      ...(place ? [`or write the address instead of the name in ${place.file}:${place.line}`] : []),
      `nginx -t && systemctl ${runs ? 'reload' : 'start'} nginx`,
    ],
  }
}

function consequence(runs: boolean, refused: boolean): string {
  if (!runs) return 'so nginx does not start'
  return refused
    ? 'so nginx refused to load the configuration and serves the one from before'
    : 'so the next reload or restart of nginx would fail'
}

function sourceOf(refusal: Refusal): string {
  return refusal.from === 'test' ? 'nginx -t' : refusal.from === 'log' ? 'tail of the error log' : 'journalctl -u nginx'
}

function answerText(name: string, seen: SeenNames): string {
  const names = seen['name-resolution']
  const code = names.known ? names.value.status.get(name) : undefined
  return code === 124 ? 'no answer within 4 s' : `no address (exit code ${code ?? 2})`
}

/** The host's resolver is what nginx uses at start, so its answer now is the proof. */
function resolutionAlike(name: string, found: readonly string[] | undefined, seen: SeenNames): LookAlike {
  if (found === undefined)
    return notJudged(
      'config-invalid',
      seen['name-resolution'].known ? `${name} was not asked for on the host` : seen['name-resolution'].reason,
    )
  return found.length === 0
    ? ruledOut('config-invalid', `getent finds no address for ${name} either`)
    : notJudged('config-invalid', `getent finds ${found.join(', ')} for ${name} now`)
}

/** nginx -t fails for root as well, whom no policy for nginx holds; SELinux could only matter to a start by systemd. */
function macAlike(seen: SeenNames): LookAlike[] {
  const { mac } = seen
  if (seen.starting.test === 'failed') return [ruledOut('mac-denied', 'nginx -t fails too when it is run by hand')]
  return [sharedMacAlike(mac)]
}

function serverSteps(seen: SeenNames): readonly string[] {
  const names = seen['name-resolution']
  return names.known && names.value.nameServers.length === 0 ? ['/etc/resolv.conf names no name server'] : []
}
