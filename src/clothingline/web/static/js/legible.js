// Can a person read the certificate in a photo? Said on the phone at once, as the server will say it; then made smaller.
import { written } from "./photo.js";

const SIDE = 640;
const [LEAST, DARKEST, LEAST_EDGES] = [700, 60, 60]; // as in certification/photos.py
const [SENT, QUALITY] = [1600, 0.7];

const greysOf = (picture) => {
  const by = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const [width, height] = [Math.round(picture.width * by), Math.round(picture.height * by)];
  const brush = new OffscreenCanvas(width, height).getContext("2d");
  brush.drawImage(picture, 0, 0, width, height);
  const { data } = brush.getImageData(0, 0, width, height);
  const greys = Float32Array.from({ length: width * height }, (_, i) => 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]);
  return { greys, width, height };
};

const edges = ({ greys, width, height }) => {
  const found = [];
  for (let y = 1; y < height - 1; y += 1) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i += 1) {
      const bend = greys[i - 1] + greys[i + 1] + greys[i - width] + greys[i + width] - 4 * greys[i];
      found.push(Math.max(-128, Math.min(127, bend)));
    }
  }
  return found;
};

const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
const spread = (values) => mean(values.map((one) => one * one)) - mean(values) ** 2;

const isClear = (picture) => {
  if (Math.min(picture.width, picture.height) < LEAST) return false;
  const seen = greysOf(picture);
  return mean(seen.greys) >= DARKEST && spread(edges(seen)) >= LEAST_EDGES;
};

document.addEventListener("change", async ({ target }) => {
  const [file] = target.closest("[data-legible]") ? target.files : [];
  if (!file) return;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return;
  target.closest("[data-legible]").querySelector("[data-unclear]").hidden = isClear(picture);
  const small = new DataTransfer();
  small.items.add(new File([await written(picture, SENT, QUALITY)], "foto.jpg", { type: "image/jpeg" }));
  target.files = small.files;
});
