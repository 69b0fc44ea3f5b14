import type { Reply } from '../../commands/command.ts'
import type { OutlineRow } from '../history/outline-row.ts'
import type { HistoryOutline } from '../jobs/history-outline.ts'
import type { Asker } from './ask.ts'
import { historyMessage, rowsShown } from './messages/history-list.ts'
import type { NameOf } from './names.ts'
import type { SlackParts } from './parts.ts'

type HistoryReply = Extract<Reply, { kind: 'history' }>

/** `/nginx history web-1 30d` */
export async function listHistory(
  { historyOf, nameOf }: Pick<SlackParts, 'historyOf'> & { readonly nameOf: NameOf },
  asker: Asker,
  { of, hosts, seconds }: HistoryReply,
): Promise<void> {
  const outline = await historyOf(hosts, seconds, of.kind === 'cause' ? of.cause : null)
  const names = await namesIn(outline, nameOf)
  return asker.tellAlone(historyMessage({ of, seconds, outline, names }))
}

async function namesIn({ rows }: HistoryOutline, nameOf: NameOf): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(rows.slice(0, rowsShown).flatMap(peopleIn))
  return new Map(await Promise.all([...ids].map(async (id) => [id, await nameOf(id)] as const)))
}

function peopleIn({ actions, feedback }: OutlineRow): readonly string[] {
  return [...actions.flatMap(({ kept }) => kept.by.slice(-1)), ...feedback.map(({ by }) => by)]
}
