import type { Diagnosis, Finding, SiteFromOutside, Verdict } from '../diagnosis/diagnosis.ts'
import { findingSections, reasonText, section, standing, titleOf } from './finding-text.ts'
import { inertLine } from './inert.ts'
import type { Style, Terminal } from './paint.ts'
import { hostTime } from './when.ts'
import { block, wrap } from './wrap.ts'

const styles: Readonly<Record<Verdict, Style>> = {
  diagnosed: 'red',
  healthy: 'green',
  undetermined: 'yellow',
  unreachable: 'red',
}
const words: Readonly<Record<Verdict, string>> = {
  diagnosed: 'diagnosed',
  healthy: 'healthy',
  undetermined: 'cannot tell',
  unreachable: 'unreachable',
}

/** A diagnosis for a person at a terminal, the answer first; ends with a line break. Text from the host cannot steer the terminal. */
export function diagnosisText(diagnosis: Diagnosis, terminal: Terminal): string {
  const [answer, ...others] = diagnosis.findings
  const sections = [
    headText(diagnosis, answer, terminal),
    ...(answer === undefined ? [] : findingSections(answer, terminal)),
    ...others.map((finding) => otherText(finding, diagnosis, terminal)),
    section(
      'Changed before it began',
      (diagnosis.changes ?? []).map((each) =>
        block(
          `${hostTime(each.at, diagnosis.timezone, diagnosis.collectedAt)}  ${inertLine(each.what)}`,
          terminal.width,
          '  ',
          '    ',
        ),
      ),
      terminal,
    ),
    section(
      'Different from the last healthy look',
      (diagnosis.differences ?? []).map((each) => block(inertLine(each), terminal.width, '  ', '    ')),
      terminal,
    ),
    section(
      'Seen from outside',
      (diagnosis.outside ?? []).map((each) => block(inertLine(outsideText(each)), terminal.width, '  ', '    ')),
      terminal,
    ),
    section(
      'On other hosts',
      (diagnosis.backends ?? []).map((each) => block(inertLine(backendText(each)), terminal.width, '  ', '    ')),
      terminal,
    ),
    section('One more question', diagnosis.ask === undefined ? [] : questionLines(diagnosis.ask, terminal), terminal),
    section(
      'Not judged',
      diagnosis.unjudged.map((each) => reasonText(each, terminal)),
      terminal,
    ),
    section(
      'Not seen',
      diagnosis.unseen.map((each) => block(inertLine(each), terminal.width, '  ', '    ')),
      terminal,
    ),
    section(
      'Checked and well',
      diagnosis.checked.map((each) => block(inertLine(each), terminal.width, '  ', '    ')),
      terminal,
    ),
    footText(diagnosis, terminal),
  ]
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`
}

/** "shop.example.com resolves to 203.0.113.7; https: 502 from 203.0.113.7". */
function outsideText({ site, addresses, elsewhere, answer }: SiteFromOutside): string {
  const name = addresses.length === 0 ? '' : ` resolves to ${addresses.join(', ')}`
  const note = elsewhere ? ', which is no host of the inventory' : ''
  return `${site}${name}${note}${answer === null ? '' : `; ${answer}`}`
}

/** The command stands on a line of its own, so that it can be copied. */
function questionLines({ command, why }: NonNullable<Diagnosis['ask']>, { width }: Terminal): readonly string[] {
  return [block(`run this as root on the host; ${inertLine(why)}`, width, '  ', '    '), `    ${inertLine(command)}`]
}

/** "10.0.3.7:8080 is on app-3, which was asked too". */
function backendText({ upstream, host, asked, because }: NonNullable<Diagnosis['backends']>[number]): string {
  if (asked) return `${upstream} is on ${host ?? 'another host'}, which was asked too`
  return host === null ? `${upstream}: ${because}` : `${upstream} is on ${host}, which was not asked: ${because}`
}

function headText(diagnosis: Diagnosis, answer: Finding | undefined, { paint, width }: Terminal): string {
  const where = diagnosis.site === undefined ? diagnosis.host : `${diagnosis.site} on ${diagnosis.host}`
  const lines = [
    paint('bold', wrap(inertLine(named(where, diagnosis.headline)), width, '  ')),
    paint(styles[diagnosis.verdict], verdictLine(diagnosis)),
  ]
  if (answer !== undefined) lines.push(wrap(`${titleOf(answer)}: ${standing(answer, diagnosis)}`, width, '  '))
  // The headline is the first finding's summary only when that is the verdict.
  if (answer !== undefined && answer.summary !== diagnosis.headline)
    lines.push(wrap(inertLine(answer.summary), width, '  '))
  if (diagnosis.unreachable !== undefined)
    lines.push(wrap(`Next: ${inertLine(diagnosis.unreachable.next)}`, width, '  '))
  return lines.join('\n')
}

/** What happened to a connection names its host already. */
function named(where: string, headline: string): string {
  return headline.startsWith(`${where}: `) || headline.startsWith(`${where} `) ? headline : `${where}: ${headline}`
}

function verdictLine({ verdict, reason }: Diagnosis): string {
  return reason === null ? words[verdict] : `${words[verdict]} (${reason})`
}

function otherText(finding: Finding, diagnosis: Diagnosis, terminal: Terminal): string {
  const { paint, width } = terminal
  const head = [
    paint('bold', wrap(`Also: ${inertLine(finding.summary)}`, width, '  ')),
    wrap(`${titleOf(finding)}: ${standing(finding, diagnosis)}`, width, '  '),
  ]
  return [...head, ...findingSections(finding, terminal)].join('\n')
}

function footText(diagnosis: Diagnosis, { paint, width }: Terminal): string {
  const { collection, window, timezone, collectedAt } = diagnosis
  if (diagnosis.verdict === 'unreachable') return ''
  const unusable = collection.probes.filter((probe) => probe.unknown !== undefined).length
  const parts = [
    `Looked at ${hostTime(window.from, timezone, collectedAt)} to ${hostTime(window.to, timezone, collectedAt)} (${timezone})`,
    `${collection.probes.length} questions in ${collection.rounds} round${collection.rounds === 1 ? '' : 's'}`,
    ...(unusable > 0 ? [`${unusable} without a usable answer`] : []),
    `${collection.ms} ms`,
  ]
  return paint('dim', wrap(parts.join(', '), width, '  '))
}
