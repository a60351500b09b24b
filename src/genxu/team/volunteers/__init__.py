"""Volunteering (志愿服务): teams, outings, who comes, and hours that two sides say."""
