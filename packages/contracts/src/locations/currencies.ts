const byCurrency = `
USD US AS EC FM GU MH MP PR PW SV TC TL UM VG VI ZW
EUR AD AT AX BE BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA XK YT
GBP GB GG IM JE
CAD CA
AUD AU CX CC HM KI NF NR TV
NZD NZ CK NU PN TK
CHF CH LI
DKK DK FO GL
NOK NO BV SJ
SEK SE
ISK IS
PLN PL
CZK CZ
HUF HU
RON RO
BGN BG
RSD RS
ALL AL
BAM BA
MKD MK
MDL MD
UAH UA
RUB RU
TRY TR
ILS IL PS
AED AE
SAR SA
QAR QA
KWD KW
BHD BH
OMR OM
JOD JO
EGP EG
MAD MA EH
TND TN
DZD DZ
ZAR ZA
NAD NA
BWP BW
KES KE
UGX UG
TZS TZ
NGN NG
GHS GH
ETB ET
RWF RW
MUR MU
XOF BF BJ CI GW ML NE SN TG
XAF CF CG CM GA GQ TD
INR IN BT
PKR PK
LKR LK
BDT BD
NPR NP
JPY JP
CNY CN
HKD HK
TWD TW
KRW KR
SGD SG
MYR MY
THB TH
IDR ID
PHP PH
VND VN
KZT KZ
GEL GE
AMD AM
AZN AZ
UZS UZ
MXN MX
BRL BR
ARS AR
CLP CL
COP CO
PEN PE
UYU UY
PYG PY
BOB BO
CRC CR
GTQ GT
HNL HN
NIO NI
PAB PA
DOP DO
JMD JM
TTD TT
BSD BS
BBD BB
BZD BZ
KYD KY
BMD BM
XCD AG AI DM GD KN LC MS VC
XPF NC PF WF
FJD FJ
PGK PG
`

let known: ReadonlyMap<string, string> | undefined

const read = () =>
  new Map(
    byCurrency
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [currency = '', ...countries] = line.split(' ')
        return countries.map((country) => [country, currency] as const)
      }),
  )

/** The currency (ISO 4217) that people of a country (ISO 3166-1) count in; undefined where it is not known here. */
export const currencyOfCountry = (country: string | null | undefined): string | undefined => {
  known ??= read()
  return country ? known.get(country.toUpperCase()) : undefined
}
