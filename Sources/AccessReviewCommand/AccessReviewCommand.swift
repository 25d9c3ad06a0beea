@main struct AccessReviewCommand { static func main() {} }
