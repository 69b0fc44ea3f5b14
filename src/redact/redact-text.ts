import { redactAssignments } from './assignments.ts'
import { redactCommandLines } from './command-lines.ts'
import { redactKnownShapes } from './known-shapes.ts'
import { redactNginxText } from './nginx-text.ts'
import { redactOtherNotations } from './other-notations.ts'
import { redactPrivateKeys } from './private-keys.ts'
import { redactUrlPasswords } from './urls.ts'

/**
 * Text from a host without its secrets: each becomes a placeholder that names its kind (`<redacted:token>`). Names, addresses, ports,
 * paths, directive words and line numbers stay as they are. Linear in the length of the text; a second pass changes nothing.
 *
 * Forms come first and names last: what has a form of its own gets the more exact kind, and a name finds a placeholder and leaves it.
 */
export function redactText(text: string): string {
  return redactAssignments(
    redactNginxText(
      redactOtherNotations(redactCommandLines(redactUrlPasswords(redactKnownShapes(redactPrivateKeys(text))))),
    ),
  )
}
