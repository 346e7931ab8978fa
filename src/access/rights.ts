/** Every right a token's scope can carry: the room and what may be done there. */
export const RIGHTS = [
  'devices:read',
  'devices:write',
  'imports:write',
  'locations:write',
  'stock:read',
  'stock:receive',
  'stock:inspect',
  'stock:adjust',
  'stock:encumber',
  'stock:reserve',
  'stock:sell',
  'stock:refurbish',
  'stock:recycle',
  'stock-standards:write',
  'stock-standards:publish',
  'reports:read',
  'audit:read',
  'accounts:read',
  'accounts:write',
  'block-lists:read',
  'block-lists:write',
  'unlock-requests:ask',
  'unlock-requests:read',
  'unlock-requests:decide',
  'unlock-requests:approve',
  'unlock-requests:reveal',
  'unlock-policies:read',
  'unlock-policies:write',
  'unlock-policies:publish',
  'unlock-codes:write',
  'unlock-codes:approve',
] as const;

export type Right = (typeof RIGHTS)[number];

/** What each kind of caller is commonly given; an identity provider may give less or more. */
export const USUAL_RIGHTS = {
  ASSOCIATE: [
    'devices:read',
    'stock:read',
    'stock:receive',
    'stock:inspect',
    'stock:reserve',
    'stock:sell',
    'block-lists:read',
    'unlock-requests:ask',
    'unlock-requests:read',
    'unlock-requests:reveal',
  ],
  BACK_OFFICE: RIGHTS,
  CUSTOMER: ['devices:read', 'unlock-requests:ask', 'unlock-requests:read', 'unlock-requests:reveal'],
} as const satisfies Record<string, readonly Right[]>;
