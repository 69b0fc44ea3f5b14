import { z } from 'zod'

/** Slack ids begin with a letter and hold capitals and digits; a name such as "@anna" or "#ops" is a mistake worth a word. */
function slackId(kinds: string, example: string) {
  return z
    .string(`must be an id such as ${example}`)
    .regex(new RegExp(`^[${kinds}][A-Z0-9]{2,}$`), `must be an id such as ${example}, not a name`)
}

export const userId = slackId('UW', 'U0123ABCD')
export const userGroupId = slackId('S', 'S0123ABCD')
export const userOrGroupId = slackId('UWS', 'U0123ABCD or S0123ABCD')
export const channelId = slackId('CGD', 'C0123ABCD')
