import { causes, type CauseId } from '../src/diagnosis/cause.ts'
import type { Finding } from '../src/diagnosis/diagnosis.ts'
import { code, page } from './markdown.ts'
import { evidenceText, type RuleExample } from './rule-example.ts'
import { ruleHeader } from './rule-header.ts'

/** One cause for a person: what it means, how it is told, what looks alike, what helps, and a host where it was true. */
export function causeSection(id: CauseId, example: RuleExample | null): string {
  const { means, told, lookAlikes } = ruleHeader(id)
  return page([
    `### ${code(id)}: ${causes[id].title}`,
    `**Means**: ${plain(means)}`,
    ...(told === null ? [] : [`**Told by**: ${plain(told)}`]),
    ...(lookAlikes === null ? [] : [`**Looks like**: ${plain(lookAlikes)}`]),
    ...(example === null ? ['No capture of it yet.'] : exampleParts(example)),
  ]).trimEnd()
}

function exampleParts({ folder, recordedOn, finding }: RuleExample): readonly string[] {
  return [
    `**Example** (\`${folder}\`, ${plain(recordedOn)}), ${finding.confidence}${finding.failingNow ? '' : ', not failing now'}: ${plain(finding.summary)}`,
    block(evidenceText(finding.evidence)),
    ...settledParts(finding),
    ...fixParts(finding),
  ]
}

function settledParts({ ruledOut, openQuestions }: Finding): readonly string[] {
  const told = [
    ...ruledOut.map(({ cause, because }) => `not ${code(cause)}: ${plain(because)}`),
    ...openQuestions.map(({ cause, because }) => `${code(cause)} not ruled out: ${plain(because)}`),
  ]
  return told.length === 0 ? [] : [told.map((each) => `- ${each}`).join('\n')]
}

function fixParts({ fix }: Finding): readonly string[] {
  const action = fix.action === null ? '' : ` Offered as a button: ${code(fix.action.id)}.`
  if (fix.steps.length === 0 && fix.diff === null) return action === '' ? [] : [`**Fix**:${action}`]
  return [
    `**Fix**:${action}`,
    ...(fix.steps.length === 0 ? [] : [block(fix.steps.join('\n'))]),
    ...(fix.diff === null ? [] : [block(fix.diff)]),
  ]
}

/** Indented, so that no text of a host can end it. */
function block(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n')
}

/** Text of our own or of a host inside a paragraph. */
function plain(text: string): string {
  return text
    .replace(/</g, '&lt;')
    .replace(/([|`*_])/g, String.raw`\$1`)
    .trim()
}
