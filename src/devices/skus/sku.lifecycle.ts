export const SKU_KINDS = ['DEVICE', 'ACCESSORY'] as const;
export type SkuKind = (typeof SKU_KINDS)[number];

/** `USED` is as handed in: never on the shelf, sold to wholesalers only. */
export const SKU_CONDITIONS = ['NEW', 'REFURBISHED', 'OPEN_BOX', 'USED'] as const;
export type SkuCondition = (typeof SKU_CONDITIONS)[number];

/** Retail grades of refurbished handsets, best first. */
export const SKU_GRADES = ['PRISTINE', 'EXCELLENT', 'GOOD', 'FAIR'] as const;
export type SkuGrade = (typeof SKU_GRADES)[number];

/** Capitals, digits and a few signs: a code is read aloud, typed and printed as a bar code. */
export const SKU_CODE = /^[A-Z0-9][A-Z0-9._-]*$/;
export const SKU_CODE_LONGEST = 64;
