import classes from './parts.module.css'

/** An app's picture, or its first letter. Says nothing to screen readers: the name always stands beside it. */
export const AppLogo = ({ logo, name, size = 36 }: { logo: string; name: string; size?: number }) => (
  <span
    className={classes.logo}
    aria-hidden
    style={{ width: size, height: size, borderRadius: Math.round(size / 5), fontSize: Math.round(size / 2.2) }}
  >
    {logo ? <img src={logo} alt="" /> : name.charAt(0).toUpperCase()}
  </span>
)
