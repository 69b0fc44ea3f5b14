import { byId } from './dom.js'

/** Slack's dialog before a press; true when the person says yes. Escape and the backdrop mean no. */
export function askConfirm({ title, text, confirm, deny, danger }) {
  const dialog = byId('confirm')
  byId('confirm-title').textContent = title
  // Made by the page's server from escaped text.
  byId('confirm-text').innerHTML = text
  const yes = byId('confirm-yes')
  const no = byId('confirm-deny')
  yes.textContent = confirm
  yes.className = `sk-button ${danger ? 'sk-button-danger' : 'sk-button-primary'}`
  no.textContent = deny

  return new Promise((resolve) => {
    const asked = new AbortController()
    const { signal } = asked
    yes.addEventListener('click', () => dialog.close('yes'), { signal })
    no.addEventListener('click', () => dialog.close('no'), { signal })
    dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close('no'), { signal })
    dialog.addEventListener(
      'close',
      () => {
        asked.abort()
        resolve(dialog.returnValue === 'yes')
      },
      { signal },
    )
    dialog.returnValue = ''
    dialog.showModal()
    no.focus()
  })
}
