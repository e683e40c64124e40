import { apps } from '@groundlevel/contracts'
import { useParams } from 'react-router'
import { useAsk } from '../../api.js'

/** The name of the app that the address names. */
export const AppCrumb = () => {
  const { appId = '' } = useParams()
  return <>{useAsk(apps.app.get, { appId }, { enabled: appId !== '' }).data?.app.name ?? 'App'}</>
}
