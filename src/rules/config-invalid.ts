import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { causesOf } from '../nginx/line-causes.ts'
import { type ErrorLine, parseErrorLine } from '../nginx/error-line.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import { defineRule, type Knowledge, seenBy } from './knowledge.ts'

type Seen = View<Knowledge, 'nginx-config' | 'nginx-processes', 'error-log' | 'nginx-unit'>

/**
 * Cause: the configuration on disk does not pass nginx -t. nginx is down for it, or it refused a reload and serves the old one;
 * while nothing was asked to load it, it is a mistake that waits (latent).
 * Tell-tale: the [emerg] line of nginx -t with file:line.
 * Look-alikes: a name that does not resolve, a missing certificate, a module that does not fit: they fail the same test, and win.
 */
export const configInvalid = defineRule({
  id: 'config-invalid',
  needs: ['nginx-config', 'nginx-processes'],
  settles: ['error-log', 'nginx-unit'],
  judge(seen) {
    const { test } = seen['nginx-config']
    if (test.kind !== 'failed') return []
    const text = test.errors.find((line) => line.includes('[emerg]')) ?? test.errors[0] ?? ''
    const line = parseErrorLine(text)
    const better = line ? causesOf(line).filter((cause) => cause !== 'config-invalid') : []
    return better.length > 0 && line && causesOf(line)[0] !== 'config-invalid' ? [] : [claimOf(text, line, seen)]
  },
})

function claimOf(text: string, line: ErrorLine | null, seen: Seen): Claim {
  const running = seen['nginx-processes'].masters.length > 0
  const refused = running && reloadRefused(seen)
  const place = line?.config ?? null
  const what = line ? line.message.replace(/ in \/\S+:\d+$/, '') : text
  const where = place ? ` (${place.file}:${place.line})` : ''
  const state = running
    ? refused
      ? 'nginx refused to reload it and serves the configuration from before'
      : 'nginx still serves the configuration from before; the next reload or restart would fail'
    : 'nginx is down and cannot start with it'
  return {
    ...(running && !refused && { kind: 'latent' as const }),
    summary: `the configuration does not pass nginx -t: ${what}${where}; ${state}`,
    subject: place ? { file: place.file, line: place.line } : {},
    failingNow: !running || refused,
    impact: null,
    evidence: [
      seenBy('nginx-config', 'nginx -t', text),
      ...(place
        ? [
            seenBy(
              'nginx-config',
              `sed -n ${Math.max(1, place.line - 2)},${place.line + 2}p ${place.file}`,
              around(seen['nginx-config'], place.file, place.line),
            ),
          ]
        : []),
      seenBy(
        'nginx-processes',
        'ps -C nginx',
        running ? `master ${seen['nginx-processes'].masters[0]?.pid ?? ''} runs` : 'no nginx process',
      ),
    ],
    unlike: [
      ruledOut('dns-failure', 'the message names no host'),
      ruledOut('cert-missing', 'the message names no certificate'),
      ruledOut('module-incompatible', 'the message names no module'),
    ],
    steps: [
      `mend ${place ? `${place.file}:${place.line}` : 'the configuration'}`,
      'nginx -t',
      running ? 'systemctl reload nginx' : 'systemctl start nginx',
    ],
  }
}

/** The lines around the mistake, the one that nginx names marked. */
function around(config: ConfigOnDisk, file: string, line: number): string {
  const lines = config.files.get(file)?.split('\n') ?? []
  const from = Math.max(1, line - 2)
  return lines
    .slice(from - 1, line + 2)
    .map((text, index) => `${from + index === line ? '>' : ' '} ${from + index}  ${text}`)
    .join('\n')
}

/** Somebody asked for a reload: the master itself logged the mistake (nginx -t logs it under a pid of its own), or the unit's reload failed. */
function reloadRefused(seen: Seen): boolean {
  const masters = new Set(seen['nginx-processes'].masters.map((master) => master.pid))
  const log = seen['error-log']
  const logged =
    log.known &&
    log.value.groups.some(
      (group) => group.line.level === 'emerg' && group.line.pid !== null && masters.has(group.line.pid),
    )
  const units = seen['nginx-unit']
  const journal =
    units.known && units.value.units.some((unit) => unit.journal.some((line) => /Reload failed|\[emerg\]/.test(line)))
  return logged || journal
}
