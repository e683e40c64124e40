export const firstNames = [
  'Amara', 'Andre', 'Aisha', 'Benjamin', 'Beatriz', 'Carlos', 'Chloe', 'Daniel', 'Deepa', 'Elena', 'Emmanuel', 'Fatima', 'Freya', 'Gabriel',
  'Grace', 'Hana', 'Henry', 'Ingrid', 'Isaac', 'Jasmine', 'Jonas', 'Kenji', 'Keisha', 'Liam', 'Lucia', 'Mateo', 'Mei', 'Nadia', 'Noah', 'Omar',
  'Paige', 'Priya', 'Quentin', 'Rachel', 'Rafael', 'Samira', 'Sven', 'Tamika', 'Thomas', 'Valentina', 'Victor', 'Wei', 'Yara', 'Zoe',
] as const

export const lastNames = [
  'Abbott', 'Alvarez', 'Bakker', 'Bennett', 'Castillo', 'Chen', 'Dawson', 'Dubois', 'Eriksen', 'Fischer', 'Fofana', 'Garcia', 'Gupta', 'Haddad',
  'Hughes', 'Ivanova', 'Jensen', 'Johnson', 'Kamau', 'Kowalski', 'Larsen', 'Lopez', 'MacDonald', 'Mbeki', 'Moreau', 'Nakamura', 'Nguyen', 'Novak',
  'Okafor', 'Olsen', 'Park', 'Patel', 'Quinn', 'Ramirez', 'Rossi', 'Schmidt', 'Silva', 'Sullivan', 'Tanaka', 'Turner', 'Ueda', 'Vargas', 'Walsh',
  'Yilmaz', 'Zhang',
] as const

/** Cities with the area code of their telephones. */
export const towns = [
  { city: 'Portland', state: 'OR', area: '503', timezone: 'America/Los_Angeles' },
  { city: 'Seattle', state: 'WA', area: '206', timezone: 'America/Los_Angeles' },
  { city: 'San Francisco', state: 'CA', area: '415', timezone: 'America/Los_Angeles' },
  { city: 'San Diego', state: 'CA', area: '619', timezone: 'America/Los_Angeles' },
  { city: 'Phoenix', state: 'AZ', area: '602', timezone: 'America/Phoenix' },
  { city: 'Denver', state: 'CO', area: '303', timezone: 'America/Denver' },
  { city: 'Boise', state: 'ID', area: '208', timezone: 'America/Boise' },
  { city: 'Austin', state: 'TX', area: '512', timezone: 'America/Chicago' },
  { city: 'Houston', state: 'TX', area: '713', timezone: 'America/Chicago' },
  { city: 'Chicago', state: 'IL', area: '312', timezone: 'America/Chicago' },
  { city: 'Minneapolis', state: 'MN', area: '612', timezone: 'America/Chicago' },
  { city: 'Nashville', state: 'TN', area: '615', timezone: 'America/Chicago' },
  { city: 'Atlanta', state: 'GA', area: '404', timezone: 'America/New_York' },
  { city: 'Miami', state: 'FL', area: '305', timezone: 'America/New_York' },
  { city: 'Boston', state: 'MA', area: '617', timezone: 'America/New_York' },
  { city: 'Brooklyn', state: 'NY', area: '718', timezone: 'America/New_York' },
  { city: 'Philadelphia', state: 'PA', area: '215', timezone: 'America/New_York' },
  { city: 'Detroit', state: 'MI', area: '313', timezone: 'America/Detroit' },
  { city: 'Cleveland', state: 'OH', area: '216', timezone: 'America/New_York' },
  { city: 'Raleigh', state: 'NC', area: '919', timezone: 'America/New_York' },
] as const

export const companies = [
  'Blue Heron Bakery', 'Cedar & Sons Roofing', 'Copperfield Bikes', 'Fernwood Veterinary', 'Goldfinch Studio', 'Harvest Table Catering',
  'Juniper Landscaping', 'Kingfisher Boats', 'Lantern Books', 'Maple Street Movers', 'Oakline Furniture', 'Pebble Creek Pottery',
  'Redwood Accounting', 'Saltwater Surf School', 'Tidewater Plumbing', 'Wildflower Daycare',
] as const

export const sources = ['website form', 'google ads', 'facebook lead form', 'referral', 'walk-in', 'newsletter', 'trade fair', 'phone call'] as const

export const tags = [
  'new lead', 'follow up', 'vip', 'newsletter', 'quote sent', 'appointment booked', 'no show', 'returning', 'webinar', 'spring offer',
] as const

export const noteTexts = [
  'Called back, no answer. Try again in the afternoon.',
  'Prefers e-mail to telephone.',
  'Asked for prices of the family plan; sent them.',
  'Came by on the recommendation of a friend.',
  'Wants to move the appointment to next week.',
  'Very happy with the last visit, asked about a loyalty card.',
  'Has two children, both could come along.',
  'Needs an invoice made out to the company.',
  'Left a voicemail about the spring offer.',
  'Speaks Spanish, would like somebody who does too.',
  'Compared us with two others; decides by the end of the month.',
  'Allergic to latex: tell the team before the visit.',
] as const
