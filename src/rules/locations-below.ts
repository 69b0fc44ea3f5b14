import type { Location, Server } from '../nginx/config-servers.ts'
import type { AnswerCount } from '../probes/access-log.ts'

/** The locations of a server that may take paths which begin with the first parts counted: longer ones, and expressions. */
export function locationsBelow(
  answers: readonly AnswerCount[],
): (server: Server) => readonly { readonly location: Location }[] {
  const parts = answers.map(({ segment }) => segment ?? '')
  return ({ locations }) =>
    locations
      .filter(({ modifier, path }) => modifier.startsWith('~') || parts.some((part) => path.startsWith(`${part}/`)))
      .map((location) => ({ location }))
}
