import { causes } from '../diagnosis/cause.ts'
import type { ExplainedLine, ExplainJson } from '../nginx/explain.ts'
import { inertLine } from './inert.ts'
import type { Terminal } from './paint.ts'
import { block, wrap } from './wrap.ts'

/** What pasted error-log lines say, for a person; ends with a line break. */
export function explainText({ lines }: ExplainJson, terminal: Terminal): string {
  if (lines.length === 0) return "Nothing here is a line of nginx's error log.\n"
  return `${lines.map((line) => lineText(line, terminal)).join('\n\n')}\n`
}

function lineText(line: ExplainedLine, { paint, width }: Terminal): string {
  const fields = [
    ['while', line.phase],
    ['upstream', line.upstream],
    ['server', line.server],
    ['client', line.client],
    ['request', line.request],
  ].flatMap(([name, value]) => (value ? [block(`${name ?? ''}: ${inertLine(value)}`, width, '  ', '    ')] : []))
  const fitting = line.causes.map((cause) => block(`${cause}: ${causes[cause].title}`, width, '  ', '    '))
  return [
    paint('bold', wrap(inertLine(line.line), width, '  ')),
    ...fields,
    ...(fitting.length === 0
      ? ['No cause is known that this line alone would point to.']
      : ['It would fit, best first; only the host can tell which:', ...fitting]),
    ...(line.ask === null ? [] : [`Look next: ${line.ask.command}`, block(line.ask.tells, width, '  ', '  ')]),
  ].join('\n')
}
