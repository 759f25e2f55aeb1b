/** Every bound on input in one place (property 13); each is tested at limit + 1. */
export const LIMITS = {
  imageBytesMax: 25 * 1024 * 1024,
  imagePixelsMax: 50_000_000,
  imageSideMax: 200_000,
  jsonBytesMax: 40 * 1024 * 1024,
  jsonDepthMax: 32,
  searchLimitMax: 100,
  searchLimitDefault: 20,
  searchOffsetMax: 500,
  filterDepthMax: 8,
  filterNodesMax: 64,
  filterInValuesMax: 256,
  facetFieldsMax: 10,
  facetProductsMax: 200,
  productsBatchMax: 1000,
  eventsBatchMax: 1000,
  attributesMax: 64,
  /** Values of one attribute that is a list. */
  attributeListMax: 64,
  attributeNameMax: 64,
  textMax: 4096,
  productIdMax: 256,
  importFileBytesMax: 8 * 1024 * 1024 * 1024,
  archiveEntriesMax: 50_000,
  archiveRatioMax: 100,
  modelBytesMax: 2 * 1024 * 1024 * 1024,
  trpcBatchMax: 20,
  trpcBytesMax: 1024 * 1024,
} as const;

/** `.` and `..` are folded away where they stand as a part of an address: what is named so could not be asked for. */
export const isAddressable = (id: string): boolean => id !== '.' && id !== '..';
