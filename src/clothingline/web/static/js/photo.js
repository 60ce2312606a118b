// A photo made small on the phone: at most 1280 pixels and 150 kB. What a canvas writes has no place, time or device.
const SIDE = 1280;
const BYTES = 150_000;

export const written = (picture, side, quality) => {
  const by = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(picture.width * by), Math.round(picture.height * by)];
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
};

export const shrink = async (file) => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  let small;
  for (const [side, quality] of [[SIDE, 0.8], [SIDE, 0.6], [SIDE, 0.4], [960, 0.4], [640, 0.4]]) {
    small = await written(picture, side, quality);
    if (small.size <= BYTES) break;
  }
  return small;
};
