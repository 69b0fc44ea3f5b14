import type { KnownBlock, RichTextElement } from '@slack/types'
import { causes } from '../../diagnosis/cause.ts'
import type { Diagnosis, Unjudged } from '../../diagnosis/diagnosis.ts'
import { mrkdwn } from '../escape.ts'
import { differencesShown, differencesTitle } from './differences.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { missingShown } from './verdict.ts'
import { bullets, rich, small, strong, words } from './rich.ts'

const mostItems = 12

/** What was looked at and is well, what was ruled out, and what could not be judged and why. Null when there is nothing to say. */
export function limitsMessage(diagnosis: Diagnosis): Message | null {
  const first = diagnosis.findings[0]
  const ruledOut = (first?.ruledOut ?? []).map(({ cause, because }) => [
    strong(`Not “${causes[cause].title}”:`),
    words(because, 250),
  ])
  const open = new Set(first?.openQuestions.map(({ cause }) => cause))
  const unjudged = untold(diagnosis).filter(({ cause }) => !open.has(cause))
  const blocks = [
    ...part(
      differencesTitle(diagnosis) ?? '',
      differencesShown(diagnosis).map((line) => [words(line, 400)]),
    ),
    ...part('Changed shortly before it began', (diagnosis.changes ?? []).map(changeItem)),
    ...part('Seen from outside', (diagnosis.outside ?? []).map(outsideItem)),
    ...part('On other hosts', (diagnosis.backends ?? []).map(backendItem)),
    ...part('Ruled out', ruledOut),
    ...part('Could not be judged', [...(first?.openQuestions ?? []), ...unjudged].map(unjudgedItem)),
    ...part(
      'Looked at and found well',
      diagnosis.verdict === 'diagnosed' ? [] : diagnosis.checked.map((line) => [words(line, 250)]),
    ),
  ]
  if (blocks.length === 0) return null
  return fit({ text: `What else was looked at on ${mrkdwn(diagnosis.host, 60)}`, blocks })
}

/** The verdict of an undetermined diagnosis has named the first ones as what is missing. */
function untold({ verdict, unjudged, unseen }: Diagnosis): readonly Unjudged[] {
  return verdict === 'undetermined' ? unjudged.slice(Math.max(0, missingShown - unseen.length)) : unjudged
}

function unjudgedItem({ cause, because }: Unjudged): readonly RichTextElement[] {
  return [strong(`Whether it is “${causes[cause].title}”:`), words(because, 250)]
}

function changeItem({ secondsBefore, what }: NonNullable<Diagnosis['changes']>[number]): readonly RichTextElement[] {
  return [strong(`${before(secondsBefore)}:`), words(what, 250)]
}

function before(seconds: number): string {
  if (seconds < 60) return 'in the same minute'
  return seconds < 5400 ? `${Math.round(seconds / 60)} min before` : `${Math.round(seconds / 3600)} h before`
}

function outsideItem(seen: NonNullable<Diagnosis['outside']>[number]): readonly RichTextElement[] {
  const { site, addresses, elsewhere, answer } = seen
  const where = addresses.length === 0 ? '' : `resolves to ${addresses.slice(0, 4).join(', ')}`
  const note = elsewhere ? ', which is no host of the inventory' : ''
  const said = [`${where}${note}`, answer ?? ''].filter((each) => each !== '').join('; ')
  return [strong(`${site}:`, 100), words(said, 250)]
}

function backendItem(backend: NonNullable<Diagnosis['backends']>[number]): readonly RichTextElement[] {
  const { upstream, host, asked, because } = backend
  if (asked) return [strong(`${upstream}:`, 100), words(`on ${host ?? 'another host'}, which was asked too`, 250)]
  return [strong(`${upstream}:`, 100), words(host === null ? because : `on ${host}, not asked: ${because}`, 250)]
}

function part(title: string, items: readonly (readonly RichTextElement[])[]): readonly KnownBlock[] {
  if (items.length === 0) return []
  const more = items.length > mostItems ? [[words(`and ${items.length - mostItems} more`)]] : []
  return [small(`*${title}*`), rich(bullets([...items.slice(0, mostItems), ...more]))]
}
