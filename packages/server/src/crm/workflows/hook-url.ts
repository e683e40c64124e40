/** Where a program begins a workflow. */
export const hookUrl = (publicUrl: string, token: string) => `${publicUrl}/_ground/workflows/hooks/${token}`
