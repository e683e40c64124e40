// What every script in the frame's window begins and ends with: it hears the provider's page alone, whose messages are JSON as text,
// or objects.
const begun = `const about = JSON.parse(document.getElementById('pay').textContent)
const { origin } = about
const say = (text) => { document.getElementById('say').textContent = text }
const messageOf = (data) => {
  try { return (typeof data === 'string' ? JSON.parse(data) : data) ?? {} } catch { return {} }
}
`
const heard = `addEventListener('message', (event) => {
  const target = document.getElementById('provider')?.contentWindow
  if (!target || event.source !== target || event.origin !== origin) return
  const message = messageOf(event.data)
  const act = Object.hasOwn(acts, message.type) ? acts[message.type] : undefined
  Promise.resolve(act?.(message, target)).catch(() => say('The connection broke. Load the page again.'))
})
`

/** The provider's page is told what is to be paid once it is ready, and what it reports is held against its own server. */
export const payScript = `
${begun}const { path, query } = about
const ask = async (act, body) => {
  const answer = await fetch(path + '/' + act + query, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  })
  return answer.json()
}
let isAsking = false
let transactionId
const begin = async (target) => {
  if (isAsking) return
  isAsking = true
  try {
    const props = await ask('start', {})
    if (props.type !== 'payment_initiate_props') return say(props.message ?? 'The payment cannot be made now. Load the page again.')
    transactionId = props.transactionId
    target.postMessage(JSON.stringify(props), origin)
  } finally { isAsking = false }
}
const verify = async (chargeId, left) => {
  say('Checking the payment…')
  const { status, message } = await ask('verify', { transactionId, chargeId })
  if (status === 'succeeded') return location.reload()
  if (status !== 'pending') return say(message ?? 'The payment failed. Nothing was paid.')
  say('The payment is being processed. This page tells you when it is through.')
  if (left > 0) setTimeout(() => verify(chargeId, left - 1), 5000)
}
const acts = {
  custom_provider_ready: (_message, target) => begin(target),
  custom_element_success_response: ({ chargeId }) => verify(String(chargeId ?? ''), 24),
  custom_element_error_response: ({ error }) => say(error?.description || 'The payment failed. Nothing was paid.'),
  custom_element_close_response: () => say('Nothing was paid. Try again when you like.'),
}
${heard}`

/** The same where a card is kept and nothing is paid: the server has no part in it. */
export const cardScript = `
${begun}const { props } = about
const acts = {
  custom_provider_ready: ({ addCardOnFileSupported }, target) =>
    addCardOnFileSupported === true ? target.postMessage(JSON.stringify(props), origin) : say('No card can be left here.'),
  custom_element_success_response: () => say('The card is saved. You can close this page.'),
  custom_element_error_response: ({ error }) => say(error?.description || 'The card was not saved.'),
  custom_element_close_response: () => say('No card was saved. Try again when you like.'),
}
${heard}`
