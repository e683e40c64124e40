/** The name of a file as its address ends; a percent sign that begins no letter, which others may have sent, stays one. */
export const fileNameIn = (url: string): string => {
  const last = url.split('/').at(-1) || url
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
