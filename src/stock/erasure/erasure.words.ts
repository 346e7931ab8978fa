/** What the data stood on. */
export const MEDIA_TYPES = ['EMMC', 'UFS', 'NVME', 'NAND', 'MEMORY_CARD'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** How thoroughly it was erased, by NIST SP 800-88 Rev. 2. */
export const ERASURE_METHODS = ['CLEAR', 'PURGE', 'DESTROY'] as const;
export type ErasureMethod = (typeof ERASURE_METHODS)[number];

/** How it was made sure of. */
export const VERIFICATIONS = ['FULL_READ', 'SAMPLED_READ', 'TOOL_REPORT', 'WITNESSED'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

export const ERASURE_RESULTS = ['PASS', 'FAIL'] as const;
export type ErasureResult = (typeof ERASURE_RESULTS)[number];

/** Where the handset goes from there. */
export const DESTINATIONS = ['RESALE', 'WHOLESALE', 'PARTS', 'RECYCLING', 'RETURN_TO_OWNER'] as const;
export type Destination = (typeof DESTINATIONS)[number];
