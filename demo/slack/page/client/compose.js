/** A composer: grows with its text, Enter sends, arrow up brings back what was sent last. */
export function wireComposer(form, send) {
  const field = form.querySelector('textarea')
  let last = ''

  function grow() {
    field.style.height = 'auto'
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`
  }
  function submit() {
    const text = field.value.trim()
    if (!text) return
    last = text
    field.value = ''
    grow()
    send(text)
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  field.addEventListener('input', grow)
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      submit()
    }
    if (event.key === 'ArrowUp' && field.value === '' && last) {
      event.preventDefault()
      field.value = last
      grow()
    }
  })
  return {
    fill(text) {
      field.value = text
      grow()
      field.focus()
    },
    placeholder(text) {
      field.placeholder = text
    },
  }
}
