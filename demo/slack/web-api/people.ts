import { textAt } from '../json.ts'
import { userJson } from '../message-json.ts'
import { SlackError } from '../slack-error.ts'
import type { Method } from './method.ts'
import { page } from './page.ts'

const authTest: Method = (_args, { workspace }) => ({
  url: `https://${workspace.team.domain}.slack.com/`,
  team: workspace.team.name,
  user: workspace.bot.name,
  team_id: workspace.team.id,
  user_id: workspace.bot.id,
  bot_id: workspace.botId,
  is_enterprise_install: false,
})

const usersInfo: Method = (args, { workspace }) => {
  const user = workspace.user(textAt(args, 'user'))
  if (!user) throw new SlackError('user_not_found')
  return { user: userJson(workspace, user) }
}

const usersList: Method = (args, { workspace }) => {
  const { items, cursor } = page(workspace.users(), args, 1000)
  return { members: items.map((user) => userJson(workspace, user)), ...cursor }
}

const groupsList: Method = (_args, { workspace }) => ({
  usergroups: workspace.groups().map((group) => ({
    id: group.id,
    team_id: workspace.team.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    user_count: group.members.length,
    users: group.members,
  })),
})

const groupMembers: Method = (args, { workspace }) => {
  const group = workspace.groups().find((one) => one.id === textAt(args, 'usergroup'))
  if (!group) throw new SlackError('no_such_subteam')
  return { users: group.members }
}

const botsInfo: Method = (args, { workspace }) => {
  if (textAt(args, 'bot') !== workspace.botId) throw new SlackError('bot_not_found')
  const { bot } = workspace
  return { bot: { id: workspace.botId, deleted: false, name: bot.name, app_id: workspace.appId, user_id: bot.id } }
}

export const peopleMethods: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'users.info': usersInfo,
  'users.list': usersList,
  'usergroups.list': groupsList,
  'usergroups.users.list': groupMembers,
  'bots.info': botsInfo,
}
