import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { parseErrorLine } from '../nginx/error-line.ts'
import { causesOf } from '../nginx/line-causes.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { defineRule, seenBy } from './knowledge.ts'
import { loadSteps, refusalsNow, startClaim, startEvidence, type StartSeen, stillStands } from './start-refusal.ts'

/**
 * Cause: the configuration on disk does not pass nginx -t. nginx is down for it, or it refused a reload and serves the old one;
 * while nothing was asked to load it, it is a mistake that waits (latent).
 * Tell-tale: the [emerg] line of nginx -t with file:line.
 * Look-alikes: a name that does not resolve, a missing certificate, a module that does not fit: they fail the same test, and win.
 */
export const configInvalid = defineRule({
  id: 'config-invalid',
  needs: ['host', 'starting', 'nginx-processes'],
  settles: ['nginx-config', 'nginx-unit'],
  judge(seen) {
    const refusal = refusalsNow(seen)[0] ?? wordsOfTest(seen)
    if (!refusal || !isInvalid(refusal)) return []
    // Said by a start of before, and the test passes now: mended since.
    return refusal.from !== 'test' && seen.starting.test === 'passed' ? [] : [claimOf(refusal, seen)]
  },
})

/** A test that failed without an [emerg] of its own: whatever it said. */
function wordsOfTest(seen: StartSeen): Refusal | null {
  const config = seen['nginx-config']
  if (!config.known || config.value.test.kind !== 'failed') return null
  const text = config.value.test.errors[0] ?? ''
  const line = parseErrorLine(text)
  return line && { from: 'test', line, text, ago: 0 }
}

/** What no other cause explains better; of a start of before, only what names a place in the configuration. */
function isInvalid({ line, from }: Refusal): boolean {
  if (from !== 'test' && line.config === null) return false
  const [best] = causesOf(line)
  return best === undefined || best === 'config-invalid'
}

function claimOf(refusal: Refusal, seen: StartSeen): Claim {
  const { consequence, ...common } = startClaim(seen, refusal)
  const { line, text } = refusal
  const place = line.config
  const what = line.message === '' ? text : line.message.replace(/ in \/\S+:\d+$/, '')
  const where = place ? ` (${place.file}:${place.line})` : ''
  const config = seen['nginx-config']
  return {
    ...common,
    summary: `the configuration does not pass nginx -t: ${what}${where}; ${consequence}`,
    subject: place ? { file: place.file, line: place.line } : {},
    evidence: [
      ...startEvidence(seen, [refusal]),
      ...(place && config.known
        ? [
            seenBy(
              'nginx-config',
              `sed -n ${Math.max(1, place.line - 2)},${place.line + 2}p ${place.file}`,
              around(config.value, place.file, place.line),
            ),
          ]
        : []),
    ],
    unlike: [
      ruledOut('dns-failure', 'the message names no host'),
      ruledOut('cert-missing', 'the message names no certificate'),
      ruledOut('module-incompatible', 'the message names no module'),
    ],
    ...(!stillStands(refusal, seen) && { atMost: 'possible' as const }),
    steps: [`mend ${place ? `${place.file}:${place.line}` : 'the configuration'}`, ...loadSteps(seen)],
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
